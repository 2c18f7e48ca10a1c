using System.Globalization;

namespace Rescue.Sessions.Hosting;

/// <summary>Without it every message and page would be English, names would be compared by their bytes, and international domains read wrongly.</summary>
internal static class CultureData
{
    public const string Remedy =
        "Culture data (ICU) is missing in this process: messages and pages could not be written in their readers' languages. Install it (Debian and Ubuntu: apt-get install "
        + "libicu-dev; Alpine: apk add icu-libs icu-data-full; Red Hat: dnf install libicu), and take InvariantGlobalization out of the project and "
        + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT out of the environment.";

    /// <summary>Whether this process knows no language but the invariant one.</summary>
    public static bool IsMissing()
    {
        try
        {
            return CultureInfo.GetCultureInfo("fr").NumberFormat.NumberDecimalSeparator != ",";
        }
        catch (CultureNotFoundException)
        {
            return true;
        }
    }
}
