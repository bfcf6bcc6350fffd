// A chat client of Microsoft.Extensions.AI that finds and calls tools by itself. Put your own IChatClient where the scripted model stands.
using System.Text.Json;
using Ideas;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using ScriptedModel model = new(
    _ => ScriptedModel.Call("find_tool", new() { ["tool_description"] = "which day of the week is a date" }),
    found =>
    {
        JsonElement best = ((JsonElement)found!).GetProperty("tools")[0];
        Console.WriteLine($"The model chose {best.GetProperty("name")}.");
        return ScriptedModel.Call("call_tool", new()
        {
            ["server_name"] = best.GetProperty("mcp_server_name").GetString(),
            ["tool_name"] = best.GetProperty("name").GetString(),
            ["parameters"] = new Dictionary<string, object?> { ["date"] = "2026-12-25" },
        });
    },
    answer => new TextContent($"Christmas is on a {answer}."));

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"));
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
builder.Services.AddChatClient(model).UseMcpOptimizer().UseFunctionInvocation();
using IHost host = builder.Build();
await host.StartAsync();

ChatResponse response = await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("On which day is Christmas?");
Console.WriteLine(response.Text);
await host.StopAsync();
