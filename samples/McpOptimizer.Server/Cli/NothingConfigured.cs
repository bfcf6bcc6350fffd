using McpOptimizer.Server.Clients;

namespace McpOptimizer.Server.Cli;

/// <summary>What to tell a person who has configured nothing yet: what is used instead, and what <c>import</c> would find.</summary>
internal static class NothingConfigured
{
    private const int MostNamed = 6;

    /// <summary>One sentence or two.</summary>
    public static async Task<string> SentenceAsync(CancellationToken cancellationToken) =>
        $"Nothing is configured yet: the small servers that come with this program are used. {await ImportSentenceAsync(cancellationToken)}";

    /// <summary>What <c>import</c> would do on this machine.</summary>
    public static async Task<string> ImportSentenceAsync(CancellationToken cancellationToken)
    {
        ClientFolders folders = ClientFolders.OfThisMachine();
        ImportPlan plan = await ServerImport.PlanAsync(ClientApps.All, folders, folders.OwnServersFile, cancellationToken);
        ImportServer[] found = [.. plan.Additions()];
        if (found.Length == 0)
        {
            return $"'import' finds no servers of MCP clients on this machine; --servers FILE names a file of your own.";
        }

        string names = string.Join(", ", found.Take(MostNamed).Select(server => VisibleText.Shorten(server.As, 40))) + (found.Length > MostNamed ? ", …" : "");
        string clients = string.Join(", ", found.Select(server => server.Client).Distinct());
        return $"'{OwnProgram.Shown} import' would take over {found.Length} {(found.Length == 1 ? "server" : "servers")} of {clients}: {names}.";
    }
}
