using McpOptimizer.Core;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Cli;

/// <summary>Faults that the person at the keyboard can mend: one sentence on standard error and an exit code.</summary>
internal static class CliFaults
{
    /// <summary>The exit code of a command that was cut off.</summary>
    public const int Interrupted = 130;

    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is SettingException or OptionsValidationException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(VisibleText.Escape(Sentence(e), keepLines: true));
            return 2;
        }
        catch (Exception e) when (e is OptimizerStoreException or SourceFileException or EmbeddingException or BackendException or TrustConflictException)
        {
            await Console.Error.WriteLineAsync(VisibleText.Escape(e.Message, keepLines: true));
            return 1;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    /// <summary>The message without the name of our own parameter.</summary>
    public static string Sentence(Exception fault)
    {
        int at = fault is ArgumentException { ParamName: not null } ? fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return at < 0 ? fault.Message : fault.Message[..at];
    }
}
