using System.CommandLine;
using System.Text.Json.Nodes;
using McpOptimizer.Server.Clients;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Running;

namespace McpOptimizer.Server.Cli;

/// <summary><c>connect CLIENT</c> writes the optimizer into a client's file, <c>disconnect CLIENT</c> takes it out again.</summary>
internal static class ConnectCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> client = Client();
        Option<bool> stdio = new("--stdio") { Description = "The client starts the optimizer itself. Default: it reaches a running one over HTTP, where it can." };
        Option<string?> url = new("--url") { Description = "Address of the running optimizer. Default: http://127.0.0.1:PORT/mcp", HelpName = "URL" };
        Option<bool> move = new("--move") { Description = "Take the client's other servers into the optimizer's servers file and out of the client's." };
        Option<bool> print = new("--print") { Description = "Only print the entry." };
        Option<bool> yes = Confirmation.Yes();
        Command command = new("connect", "Writes the optimizer into an MCP client's file.") { client, stdio, url, move, print, yes, common.Json };
        command.SetAction((result, cancellationToken) => CliFaults.GuardAsync(result.GetValue(common.Json), async () =>
        {
            ClientApp app = ClientApps.Named(result.GetValue(client)!);
            CommonSettings settings = common.Read(result);
            bool overHttp = !result.GetValue(stdio) && app.HttpEntry is not null;
            JsonObject entry = ClientConnection.Entry(app, overHttp ? await AddressAsync(result.GetValue(url), settings, cancellationToken) : null, overHttp ? HostToken.Read() : null, Arguments(settings));
            if (settings.Json && !result.GetValue(print) && !result.GetValue(yes))
            {
                throw new ArgumentException("With --json nobody can be asked: add --yes to write, or --print to see the entry.");
            }

            if (result.GetValue(print))
            {
                await Console.Out.WriteLineAsync(ClientConnection.Print(app, entry));
                return 0;
            }

            ClientFolders folders = ClientFolders.OfThisMachine();
            ClientFile file = new(app, app.File(folders));
            bool alone = result.GetValue(move);
            if (alone)
            {
                ImportPlan plan = await ServerImport.PlanAsync([app with { WorkspaceFiles = _ => [] }], folders, settings.ServersFile ?? folders.OwnServersFile, cancellationToken);
                if (!settings.Json)
                {
                    await Answer.WriteAsync(ImportCommand.Describe(plan));
                }

                if (plan.Files.Any(read => read.Problem is not null) || await ImportCommand.WriteAsync(plan, result.GetValue(yes), settings.Json, cancellationToken) != 0)
                {
                    return Confirmation.NotConfirmed;
                }
            }

            string planned = await file.PlanAsync(ClientConnection.EntryName, entry, alone, cancellationToken);
            if (settings.Json)
            {
                await Answer.WriteJsonAsync(Told(app, file, await file.WriteAsync(planned, cancellationToken), connected: true));
                return 0;
            }

            await Console.Out.WriteLineAsync($"{app.Title}, {file.Path}{(file.Exists ? "" : " (new)")}:\n{ClientConnection.Print(app, Masked(entry))}");
            if (!await Confirmation.AskAsync(result.GetValue(yes), alone ? "Write this and take the other servers out?" : "Write this?"))
            {
                return Confirmation.NotConfirmed;
            }

            string? backup = await file.WriteAsync(planned, cancellationToken);
            await Console.Out.WriteLineAsync($"{app.Title} is connected. {app.Then}{(backup is null ? "" : $" The file from before is {backup}.")} 'disconnect {app.Name}' undoes it.");
            return 0;
        }));
        return command;
    }

    public static Command CreateDisconnect(CommonOptions common)
    {
        Argument<string> client = Client();
        Command command = new("disconnect", "Takes the optimizer out of an MCP client's file.") { client, common.Json };
        command.SetAction((result, cancellationToken) => CliFaults.GuardAsync(result.GetValue(common.Json), async () =>
        {
            ClientApp app = ClientApps.Named(result.GetValue(client)!);
            ClientFile file = new(app, app.File(ClientFolders.OfThisMachine()));
            string? done = await file.UndoAsync(ClientConnection.EntryName, cancellationToken);
            await (result.GetValue(common.Json)
                ? Answer.WriteJsonAsync(Told(app, file, backup: null, connected: false))
                : Answer.WriteAsync(done is null ? $"{app.Title} is not connected." : $"{app.Title} is disconnected. {done} {app.Then}"));
            return done is null ? CliFaults.No : 0;
        }));
        return command;
    }

    private static Argument<string> Client()
    {
        Argument<string> client = new("client") { Description = $"One of {string.Join(", ", ClientApps.All.Select(app => app.Name))}." };
        client.CompletionSources.Add([.. ClientApps.All.Select(app => app.Name)]);
        return client;
    }

    private static string Told(ClientApp app, ClientFile file, string? backup, bool connected) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("client"u8, app.Name);
        writer.WriteString("file"u8, file.Path);
        writer.WriteBoolean("connected"u8, connected);
        if (backup is not null)
        {
            writer.WriteString("backup"u8, backup);
        }

        writer.WriteEndObject();
    });

    // What the client starts must find the same servers and the same database as this command line names.
    private static string[] Arguments(CommonSettings settings) =>
    [
        .. settings.ServersFile is { } servers ? new[] { "--servers", Path.GetFullPath(servers) } : [],
        .. settings.Database is { } database ? new[] { "--db", Path.GetFullPath(database) } : [],
        .. settings.Encoder is { } encoder ? new[] { "--encoder", encoder } : [],
    ];

    // Where an optimizer of this database runs now, if one does.
    private static async Task<string> AddressAsync(string? given, CommonSettings settings, CancellationToken cancellationToken)
    {
        string? address = given;
        if (address is null)
        {
            using RunningOptimizer? running = await RunningOptimizer.FindAsync(settings, _ => { }, cancellationToken);
            address = running?.McpAddress ?? $"http://127.0.0.1:{EnvironmentSettings.Read(Environment.GetEnvironmentVariable).Port ?? 9900}/mcp";
        }

        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException($"The address '{ShownAddress.Of(address)}' is not an absolute http or https address, for example http://127.0.0.1:9900/mcp.");
    }

    private static JsonObject Masked(JsonObject entry)
    {
        JsonObject shown = (JsonObject)entry.DeepClone();
        foreach (string name in (string[])["headers", "http_headers"])
        {
            if (shown[name] is JsonObject headers)
            {
                foreach (string header in headers.Select(pair => pair.Key).ToArray())
                {
                    headers[header] = "***";
                }
            }
        }

        return shown;
    }
}
