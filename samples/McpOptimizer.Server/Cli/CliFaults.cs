using Hosting;
using McpOptimizer.Core;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Cli;

/// <summary>Faults that the person at the keyboard can mend: one sentence on standard error (with <c>--json</c> an object on standard output) and an exit code.</summary>
internal static class CliFaults
{
    /// <summary>The exit code of a command that was cut off.</summary>
    public const int Interrupted = 130;

    /// <summary>Something did not work.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for, or a setting, cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The answer is "no": nothing found, a finding, nothing confirmed.</summary>
    public const int No = 3;

    public static async Task<int> GuardAsync(bool json, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is SettingException or OptionsValidationException or ArgumentException or McpHostConfigurationException)
        {
            await TellAsync(json, Sentence(e));
            return BadInput;
        }
        catch (Exception e) when (e is OptimizerStoreException or SourceFileException or EmbeddingException or BackendException or TrustConflictException or RunningOptimizerException)
        {
            await TellAsync(json, e.Message);
            return Failed;
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

    private static Task TellAsync(bool json, string sentence) => json
        ? Answer.WriteJsonAsync(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error"u8, sentence);
            writer.WriteEndObject();
        }))
        : Answer.NoteAsync(sentence);
}
