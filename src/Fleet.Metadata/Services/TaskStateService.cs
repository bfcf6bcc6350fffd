using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;

namespace Fleet.Metadata.Services;

internal sealed class TaskStateService(TaskStateRepository states, TimeProvider time) : ITaskStateService
{
    private const int MaxDescriptionLength = 1000;

    public Task SetAsync(WorkspaceTaskStatus status, string? description = null, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(status))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, $"A task is one of {string.Join(", ", Enum.GetNames<WorkspaceTaskStatus>())}.");
        }

        string? text = string.IsNullOrWhiteSpace(description)
            ? null
            : MetadataText.Cut(MetadataText.Clean(description.Trim()), MaxDescriptionLength, static piece => piece.Length);
        return states.WriteAsync(new WorkspaceTaskState { Status = status, Description = text, UpdatedAt = time.GetUtcNow() }, cancellationToken);
    }
}
