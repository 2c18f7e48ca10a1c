namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>How a search is answered.</summary>
internal enum SearchPlan
{
    /// <summary>By the pattern alone; the database knows whether it has an index that serves it.</summary>
    Pattern,

    /// <summary>By SQLite's own index of trigrams.</summary>
    Trigrams,

    /// <summary>Among the newest sessions, because no index knows so short a text.</summary>
    Newest,
}
