using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary><c>--stored</c>, the same in every command that has it.</summary>
internal static class StoredOption
{
    public static Option<bool> Create() => new("--stored") { Description = "Look at what is stored in the database alone: no server and no running optimizer is asked." };
}
