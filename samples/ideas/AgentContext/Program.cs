// An agent of Microsoft Agent Framework with the optimizer as its context provider. Put your own IChatClient where the scripted model stands.
using Ideas;
using McpOptimizer.Agents;
using McpOptimizer.Core.Tools;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using ScriptedModel model = new(
    _ => ScriptedModel.Call("find_tool", new() { ["tool_description"] = "wake me up" }),
    _ => ScriptedModel.Call("call_tool", new()
    {
        ["server_name"] = "clock",
        ["tool_name"] = "set_alarm",
        ["parameters"] = new Dictionary<string, object?> { ["at"] = "06:30" },
    }),
    answer => new TextContent($"Done: {answer}"),
    _ => new TextContent("You are welcome."));

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"));
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
using IHost host = builder.Build();
await host.StartAsync();

McpOptimizerContextProvider tools = new(host.Services.GetRequiredService<IOptimizerFunctions>());
ChatClientAgent agent = new(model, new ChatClientAgentOptions { Name = "butler", AIContextProviders = [tools] });

// The session is the optimizer's session too: it lasts over the turns, and over being stored and read again.
AgentSession session = await agent.CreateSessionAsync();
Console.WriteLine(await agent.RunAsync("Wake me up at half past six.", session));
Console.WriteLine(await agent.RunAsync("Thank you.", session));
await host.StopAsync();
