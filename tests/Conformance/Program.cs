using Conformance;
using Hosting;

// The server under test of the protocol's conformance suite: it offers what the suite asks for, by the names the suite uses. See .ci/conformance.
McpHostOptions options = new()
{
    Name = "conformance-fixture",
    Version = "1.0.0",
    Urls = ["http://127.0.0.1:9980"],
    ResumableStreams = true,
};
return await McpHost.RunAsync(
    options,
    args,
    builder => SlowStart.AddTo(builder)
        .AddMcpServer()
        .WithTools<ContentTools>()
        .WithTools<ReportingTools>()
        .WithTools<ClientTools>()
        .WithTools<InputTools>()
        .WithTools<CatalogTools>()
        .WithTools([SchemaTool.Create()])
        .WithPrompts<FixturePrompts>()
        .WithResources<FixtureResources>()
        .WithFixtureHandlers());
