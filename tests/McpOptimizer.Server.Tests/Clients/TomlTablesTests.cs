using System.Text.Json.Nodes;
using McpOptimizer.Server.Clients;

namespace McpOptimizer.Server.Tests.Clients;

public sealed class TomlTablesTests
{
    private const string Settings = "model = \"m\" # mine\nnote = \"\"\"\n[mcp_servers.x]\n\"\"\"\n\n[mcp_servers.other]\ncommand = \"o\"\n";

    [Fact]
    public void SetAndRemove_LeaveEveryOtherLine()
    {
        string set = TomlTables.Set(Settings, "mcp_servers", "x", new JsonObject { ["url"] = "http://h/\"q\"", ["http_headers"] = new JsonObject { ["Authorization"] = "Bearer t" }, ["args"] = new JsonArray("a", "b") });

        set.Should().Be(Settings + "\n[mcp_servers.x]\nurl = \"http://h/\\u0022q\\u0022\"\nhttp_headers = { Authorization = \"Bearer t\" }\nargs = [\"a\", \"b\"]\n");
        TomlTables.Remove(set, "mcp_servers", "x").Should().Be(Settings);
    }

    [Theory]
    [InlineData("[mcp_servers.x]\na = 1\n[mcp_servers.x.env]\nb = 2\n[mcp_servers.xy]\nc = 3\n", "[mcp_servers.xy]\nc = 3\n")]
    [InlineData("[mcp_servers.\"x\"]\na = 1\n[[list]]\n", "[[list]]\n")]
    [InlineData("", "")]
    public void Remove_TakesTheTableAndWhatIsBelow(string before, string after) => TomlTables.Remove(before, "mcp_servers", "x").Should().Be(after);
}
