namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Which defence a node is without, so that a control can show that an attack would be seen.</summary>
internal enum Weakness
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>Sessions are read, checked and written in two steps.</summary>
    LoadThenSave,

    /// <summary>Mails wait in the node's memory instead of being stored with their session.</summary>
    MailInMemory,

    /// <summary>Time is the machine's, whatever the database's clock says.</summary>
    OwnClock,

    /// <summary>The sessions of PINs that lead nowhere are looked at all the same.</summary>
    FormerPins,

    /// <summary>Every event stream looks into the store for itself.</summary>
    StreamsRead,

    /// <summary>How far a durable subscription has come is not stored.</summary>
    ForgetfulSubscriptions,
}
