namespace Shared.Coder;

/// <summary>What kind of deployment the fake is.</summary>
public sealed record FakeCoderOptions
{
    /// <summary>Server version: decides which task routes exist and how they fail.</summary>
    public string Version { get; init; } = "2.29.1";

    /// <summary>What the server calls its version in headers and build info; null is the version as Coder writes it.</summary>
    public string? BuildVersion { get; init; }

    /// <summary>The only token that is accepted.</summary>
    public string Token { get; init; } = "abcdefghij-0123456789abcdefghijKL";

    /// <summary>User that the token belongs to.</summary>
    public string UserName { get; init; } = "alice";

    /// <summary>Clock that moves builds and tasks on.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Real delay before each answer, for measurements only.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long a build waits for a provisioner.</summary>
    public TimeSpan PendingTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a build runs.</summary>
    public TimeSpan BuildTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the workspace agent takes to be ready after a start build.</summary>
    public TimeSpan ReadyTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the coding agent works on a task.</summary>
    public TimeSpan TaskTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether applications are served under subdomains.</summary>
    public bool SubdomainApps { get; init; }

    /// <summary>Host pattern of subdomain applications.</summary>
    public string WildcardHost { get; init; } = "*.apps.coder.test";

    /// <summary>Bytes of script text in each workspace; a real one has about 33,000.</summary>
    public int ScriptBytes { get; init; } = 64;

    /// <summary>Most workspaces for a page, whatever the caller asks for; 0 is no limit.</summary>
    public int LargestPage { get; init; }
}
