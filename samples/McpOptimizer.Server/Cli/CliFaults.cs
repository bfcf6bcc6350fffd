using McpOptimizer.Core;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Cli;

/// <summary>Faults that the person at the keyboard can mend: one sentence on standard error and an exit code.</summary>
internal static class CliFaults
{
    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is SettingException or OptionsValidationException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(Sentence(e));
            return 2;
        }
        catch (Exception e) when (e is OptimizerStoreException or SourceFileException or EmbeddingException or BackendException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    /// <summary>The message without the name of our own parameter.</summary>
    public static string Sentence(Exception fault)
    {
        int at = fault is ArgumentException { ParamName: not null } ? fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return at < 0 ? fault.Message : fault.Message[..at];
    }
}
