namespace Horreum.Client.Tests.Server;

/// <summary>Tests that set variables of this process: hosts that other tests start meanwhile would read them.</summary>
[CollectionDefinition(nameof(OwnEnvironment), DisableParallelization = true)]
public sealed class OwnEnvironment;
