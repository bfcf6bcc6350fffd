using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.AspNetCore.Http;
using Shared.Backends;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Tools whose arguments travel as HTTP headers, in words that the protocol forbids.</summary>
public sealed class HeaderToolTests
{
    [Theory]
    [InlineData("\"\"", "string")]
    [InlineData("\"Data\"", "object")]
    [InlineData("\"My Header\"", "string")]
    public async Task InvalidHeader_CostsThatTool(string header, string type)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Server.IsPerRequest = true;
        stub.Odd = async (message, http) =>
        {
            JsonNode? result = message["method"]?.GetValue<string>() switch
            {
                "server/discover" => JsonNode.Parse("""{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}"""),
                "tools/list" => JsonNode.Parse($$$"""
                    {"resultType":"complete","tools":[
                        {"name":"good","inputSchema":{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"Region" } } } },
                        {"name":"bad","inputSchema":{"type":"object","properties":{"a":{"type":"{{{type}}}","x-mcp-header":{{{header}}} } } } }]}
                    """),
                _ => null,
            };
            await http.Response.WriteAsJsonAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]?.DeepClone(), ["result"] = result });
            return true;
        };

        BackendToolList list = await fixture.Backends.ListToolsAsync(BackendFixture.Http(stub.Url));

        list.Tools.Should().ContainSingle().Which.Name.Should().Be("good");
        list.Remarks.Should().ContainSingle().Which.Should().StartWith("Tool 'bad' is left out, as the protocol demands");
    }
}
