namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>How a search is answered.</summary>
internal enum SearchPlan
{
    /// <summary>By the text itself, session by session.</summary>
    Pattern,

    /// <summary>By PostgreSQL's index of trigrams, which is asked for words and not for what every session has.</summary>
    Words,

    /// <summary>By PostgreSQL's index of whole references.</summary>
    Reference,

    /// <summary>By SQLite's own index of trigrams.</summary>
    Trigrams,

    /// <summary>Among the newest sessions, because no index knows so short a text.</summary>
    Newest,
}
