namespace Hosting.Security;

/// <summary>Kinds of refusals, each with a log rate of its own.</summary>
internal enum Refused
{
    /// <summary>A wrong or missing token.</summary>
    Authentication,

    /// <summary>A right that the token does not have.</summary>
    Right,

    /// <summary>A host name this server does not answer for.</summary>
    Host,

    /// <summary>A page of a web origin that may not ask.</summary>
    Origin,

    /// <summary>Somebody else's session.</summary>
    Session,

    /// <summary>One more session, listener or connection than there may be.</summary>
    Limit,
}
