using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;

namespace McpOptimizer.Core.Tests.Calls;

/// <summary>Tools for tests: every tool of the given endpoints exists, with the given schema.</summary>
internal sealed class StubTargets(params BackendEndpoint[] endpoints) : ICallTargetResolver
{
    public string Schema { get; set; } = """{"type":"object"}""";

    public CallTargetResult Resolve(string? serverName, string toolName, VisibilityScope scope)
    {
        BackendEndpoint? endpoint = serverName is null ? endpoints[0] : Array.Find(endpoints, known => known.ServerName == serverName);
        if (endpoint is null || toolName == "hidden" || scope.AllowsServer?.Invoke(endpoint.ServerName) == false)
        {
            return CallTargetResult.NotFound($"No tool '{toolName}' of server '{serverName}' is available.");
        }

        byte[] definition = Encoding.UTF8.GetBytes($$"""{"name":"{{toolName}}","inputSchema":{{Schema}}}""");
        return CallTargetResult.Found(new CallTarget(
            new IndexedTool { Id = toolName, ServerId = endpoint.ServerName, ServerName = endpoint.ServerName, Name = toolName, DefinitionJson = definition, TokenCount = 1 }, endpoint));
    }
}
