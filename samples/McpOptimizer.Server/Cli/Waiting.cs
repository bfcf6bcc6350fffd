using Spectre.Console;

namespace McpOptimizer.Server.Cli;

/// <summary>Shows a person that something is being done; silent where standard error is not a terminal.</summary>
internal static class Waiting
{
    /// <summary>Whether somebody looks at standard error.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    /// <summary>Does it with a sign of life.</summary>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T>> work)
    {
        if (!IsWatched)
        {
            return await work();
        }

        T? result = default;
        await Terminal().Status().StartAsync(Markup.Escape(what) + "…", async _ => result = await work());
        return result!;
    }

    /// <summary>Does it with a bar; the work says which share of it is done.</summary>
    public static async Task<T> WithBarAsync<T>(string what, Func<Action<string, double>, Task<T>> work)
    {
        if (!IsWatched)
        {
            return await work((_, _) => { });
        }

        T? result = default;
        await Terminal().Progress().AutoClear(true).StartAsync(async progress =>
        {
            ProgressTask bar = progress.AddTask(Markup.Escape(what), maxValue: 1);
            result = await work((step, share) =>
            {
                bar.Description = Markup.Escape(step);
                bar.Value = share;
            });
        });
        return result!;
    }

    // NO_COLOR and the like are its own business.
    private static IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
