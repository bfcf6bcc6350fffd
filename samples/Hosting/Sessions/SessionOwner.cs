namespace Hosting.Sessions;

/// <summary>To whom a session belongs. A request from anyone else, or for another profile, cannot use it.</summary>
internal sealed record SessionOwner(string? Profile, string? Subject, string? Issuer);
