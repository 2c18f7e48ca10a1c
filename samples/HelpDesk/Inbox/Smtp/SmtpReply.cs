using System.Text;

namespace HelpDesk.Inbox.Smtp;

/// <summary>The server's answers, ready to write (RFC 5321, section 4.2; enhanced codes from RFC 3463).</summary>
internal static class SmtpReply
{
    public static readonly byte[] Greeting = Line("220 helpdesk.localhost ESMTP ready");
    public static readonly byte[] Hello = Line("250 helpdesk.localhost");
    public static readonly byte[] ExtendedHello = Line(
        $"250-helpdesk.localhost\r\n250-PIPELINING\r\n250-SIZE {SmtpLimits.MaxMessageBytes}\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8");
    public static readonly byte[] Ok = Line("250 2.0.0 OK");
    public static readonly byte[] SenderOk = Line("250 2.1.0 Sender OK");
    public static readonly byte[] RecipientOk = Line("250 2.1.5 Recipient OK");
    public static readonly byte[] CannotVerify = Line("252 2.1.5 Cannot verify, will take mail");
    public static readonly byte[] Help = Line("214 2.0.0 EHLO HELO MAIL RCPT DATA RSET NOOP VRFY QUIT");
    public static readonly byte[] Bye = Line("221 2.0.0 Bye");
    public static readonly byte[] StartData = Line("354 End with <CRLF>.<CRLF>");
    public static readonly byte[] Idle = Line("421 4.4.2 Idle for too long");
    public static readonly byte[] TooManyConnections = Line("421 4.7.0 Too many connections");
    public static readonly byte[] TooManyRecipients = Line("452 4.5.3 Too many recipients");
    public static readonly byte[] UnknownCommand = Line("500 5.5.2 Unknown command");
    public static readonly byte[] LineTooLong = Line("500 5.5.2 Line too long");
    public static readonly byte[] BareLineBreak = Line("500 5.5.2 A line ends with CR LF and holds neither");
    public static readonly byte[] BadArgument = Line("501 5.5.4 Syntax error in the argument");
    public static readonly byte[] NotImplemented = Line("502 5.5.1 Not implemented");
    public static readonly byte[] BadSequence = Line("503 5.5.1 Bad sequence of commands");
    public static readonly byte[] MessageTooBig = Line("552 5.3.4 Message too big");
    public static readonly byte[] UnknownParameter = Line("555 5.5.4 Parameter not recognized");

    public static byte[] Accepted(string id) => Line($"250 2.6.0 Captured as {id}");

    private static byte[] Line(string text) => Encoding.ASCII.GetBytes(text + "\r\n");
}
