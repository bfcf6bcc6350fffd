using System.CommandLine;
using System.Text.Json;
using McpOptimizer.Server.Clients;

namespace McpOptimizer.Server.Cli;

/// <summary><c>import</c>: takes the servers of this machine's MCP clients into the optimizer's servers file.</summary>
internal static class ImportCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string[]> clients = new("client") { Description = $"Clients to look at; all without one: {string.Join(", ", ClientApps.All.Select(app => app.Name))}.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> to = new("--to") { Description = "The servers file to write. Default: the one that every command reads.", HelpName = "FILE" };
        Option<bool> yes = Confirmation.Yes();
        Command command = new("import", "Takes the servers of this machine's MCP clients into the optimizer's servers file.") { clients, to, yes, common.Json };
        command.SetAction((result, cancellationToken) => CliFaults.GuardAsync(result.GetValue(common.Json), async () =>
        {
            ClientFolders folders = ClientFolders.OfThisMachine();
            ClientApp[] apps = result.GetValue(clients) is { Length: > 0 } names ? [.. names.Select(ClientApps.Named)] : [.. ClientApps.All];
            string target = Path.GetFullPath(result.GetValue(to) ?? common.Read(result).ServersFile ?? folders.OwnServersFile);
            ImportPlan plan = await ServerImport.PlanAsync(apps, folders, target, cancellationToken);
            if (result.GetValue(common.Json))
            {
                if (result.GetValue(yes) && plan.Additions().Any())
                {
                    await ServerImport.WriteAsync(plan, cancellationToken);
                }

                await Answer.WriteJsonAsync(JsonSerializer.Serialize(plan, ClientJson.Default.ImportPlan));
                return 0;
            }

            await Answer.WriteAsync(Describe(plan));
            return await WriteAsync(plan, result.GetValue(yes), quiet: false, cancellationToken);
        }));
        return command;
    }

    /// <summary>Writes what a plan adds, once its user agrees.</summary>
    public static async Task<int> WriteAsync(ImportPlan plan, bool yes, bool quiet, CancellationToken cancellationToken)
    {
        int count = plan.Additions().Count();
        if (count == 0)
        {
            return 0;
        }

        if (!await Confirmation.AskAsync(yes, $"Add {count} to {plan.Target}?"))
        {
            return Confirmation.NotConfirmed;
        }

        string? backup = await ServerImport.WriteAsync(plan, cancellationToken);
        if (quiet)
        {
            return 0;
        }

        await Console.Out.WriteLineAsync($"Added {count} to {plan.Target}.{(backup is null ? "" : $" The file from before is {backup}.")}");
        return 0;
    }

    /// <summary>What was found, for a person.</summary>
    public static string Describe(ImportPlan plan)
    {
        if (plan.Files.Count == 0)
        {
            return "No MCP client was found on this machine.";
        }

        List<string> lines = [];
        foreach (ImportFile file in plan.Files)
        {
            lines.Add($"{file.Client}  {file.Path}{(file.Problem is null ? "" : $"\n  ! {file.Problem}")}");
        }

        lines.Add("");
        int width = Math.Min(40, plan.Servers.Select(server => server.Name.Length).DefaultIfEmpty(0).Max());
        lines.AddRange(plan.Servers.Select(server =>
            $"  {server.Outcome.ToString().ToLowerInvariant(),-8} {VisibleText.Shorten(server.Name).PadRight(width)}  {server.Summary}  ({server.Client}){Remark(server)}"));
        lines.Add(plan.Servers.Count == 0 ? "They have no servers." : $"{plan.Servers.Count} servers; {plan.Additions().Count()} would be added to {plan.Target}.");
        string[] needs = [.. plan.Additions().SelectMany(server => server.Needs).Distinct()];
        if (needs.Length > 0)
        {
            lines.Add($"What their clients ask for, set in the environment: {string.Join(", ", needs)}.");
        }

        return string.Join('\n', lines);
    }

    private static string Remark(ImportServer server) => server.Outcome switch
    {
        ImportOutcome.Renamed => $" as {VisibleText.Shorten(server.As)}: a different server has the name",
        ImportOutcome.Own => " is this program",
        _ => "",
    };
}
