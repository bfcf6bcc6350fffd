using System.CommandLine;
using McpOptimizer.Core.Services.Login;

namespace McpOptimizer.Server.Cli;

/// <summary><c>login SERVER</c>: logs in to a server that wants OAuth, and keeps the tokens for <c>serve</c>.</summary>
internal static class LoginCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static Command Create(CommonOptions common)
    {
        Argument<string> server = new("server") { Description = "Name of the server; its entry has an \"oauth\" member." };
        Command command = new("login", "Logs in to a server that wants OAuth.") { server };
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            new LocalLook { Stored = true },
            async (services, _, token) =>
            {
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(Patience);
                await services.GetRequiredService<IServerLoginService>().LoginAsync(
                    result.GetValue(server)!,
                    async (address, _) =>
                    {
                        await Console.Out.WriteLineAsync($"Open this address in a browser on this machine:\n{address}");
                        await Answer.NoteAsync($"Waiting for the browser, at most {Patience.TotalMinutes:0} minutes; Ctrl+C gives up.");
                    },
                    limit.Token);
                await Console.Out.WriteLineAsync($"Logged in to {result.GetValue(server)}.");
                return 0;
            },
            cancellationToken));
        return command;
    }
}
