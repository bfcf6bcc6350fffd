using System.Text.Json;
using Fleet.Metadata.Clients.Files;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Keeps what the agent is doing in one small JSON file.</summary>
internal sealed class TaskStateRepository(IOptions<FleetMetadataOptions> options)
{
    private const int MaxBytes = 64 * 1024;

    // Editors and shells of Windows put it in front.
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private string FilePath => options.Value.TaskStateFile!;

    /// <summary>The state; null when nobody ever wrote one.</summary>
    /// <exception cref="IOException">The file cannot be read, or does not hold a state.</exception>
    public WorkspaceTaskState? Read()
    {
        if (BoundedFile.Read(FilePath, MaxBytes + 1) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length > MaxBytes)
        {
            throw new IOException($"{FilePath} is larger than {MaxBytes} bytes.");
        }

        try
        {
            ReadOnlySpan<byte> json = bytes;
            json = json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
            return JsonSerializer.Deserialize(json, FleetMetadataJsonContext.Default.WorkspaceTaskState)
                ?? throw new IOException($"{FilePath} holds null instead of a task state.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{FilePath} does not hold a task state: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the state as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written; the old state is untouched.</exception>
    public Task WriteAsync(WorkspaceTaskState state, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(state, FleetMetadataJsonContext.Default.WorkspaceTaskState), cancellationToken);
}
