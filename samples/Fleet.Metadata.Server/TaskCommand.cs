using System.CommandLine;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Server;

/// <summary><c>fleet-metadata task running "…"</c>: what an agent's hook calls to say what it is doing.</summary>
internal static class TaskCommand
{
    private const int Failure = 1;

    public static Command Create()
    {
        Argument<string> status = new("status") { Description = "idle, running, completed or failed" };
        status.AcceptOnlyFromAmong("idle", "running", "completed", "failed");
        Argument<string?> description = new("description") { Description = "what the task is about", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> file = new("--task-file")
        {
            Description = "the task state file; by default FLEET_METADATA_TASK_FILE, else the one in XDG_RUNTIME_DIR or the user's folder",
        };
        Command task = new("task", "Writes the task state that the metadata server reports.") { status, description, file };
        task.SetAction((parsed, token) => WriteAsync(
            Enum.Parse<WorkspaceTaskStatus>(parsed.GetValue(status)!, ignoreCase: true), parsed.GetValue(description), parsed.GetValue(file), token));
        return task;
    }

    private static async Task<int> WriteAsync(WorkspaceTaskStatus status, string? description, string? file, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddFleetMetadata(options => options.TaskStateFile = file is null ? null : Path.GetFullPath(file));
        await using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<ITaskStateService>().SetAsync(status, description, cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"The task state was not written: {exception.Message}");
            return Failure;
        }
    }
}
