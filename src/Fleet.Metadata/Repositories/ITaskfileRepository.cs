using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

internal interface ITaskfileRepository
{
    /// <summary>The tasks that are metadata fields; null when no Taskfile is configured, or it is not there.</summary>
    /// <exception cref="IOException">The file cannot be read or is no YAML.</exception>
    TaskfileReading? Read();

    /// <summary>Runs the task of a field. A field that fails is a value with a reason.</summary>
    Task<TaskfileValue> EvaluateAsync(TaskfileField field, CancellationToken cancellationToken);
}
