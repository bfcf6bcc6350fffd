using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class TaskClient(CoderHttp http, TaskRoutes routes) : ITaskClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<CoderTaskPage> ListAsync(string? query = null, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.GetAsync(Route.Query(root, ("q", query)), Json.CoderTaskPage, cancellationToken));

    public Task<CoderTask> CreateAsync(string user, CreateTaskRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return routes.SendAsync(root =>
            http.SendAsync(HttpMethod.Post, $"{root}/{User(user)}", request, Json.CreateTaskRequest, Json.CoderTask, cancellationToken));
    }

    public Task<CoderTask> GetAsync(string user, Guid task, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.GetAsync(One(root, user, task), Json.CoderTask, cancellationToken));

    public Task DeleteAsync(string user, Guid task, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.SendAsync(HttpMethod.Delete, One(root, user, task), cancellationToken));

    public Task SendInputAsync(string user, Guid task, string input, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.SendAsync(HttpMethod.Post, One(root, user, task) + "/send", new TaskInput(input), Json.TaskInput, cancellationToken));

    public Task<CoderTaskLogs> GetLogsAsync(string user, Guid task, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.GetAsync(One(root, user, task) + "/logs", Json.CoderTaskLogs, cancellationToken));

    public Task UpdateInputAsync(string user, Guid task, string input, CancellationToken cancellationToken = default) =>
        routes.SendAsync(root => http.SendAsync(HttpMethod.Patch, One(root, user, task) + "/input", new TaskInput(input), Json.TaskInput, cancellationToken));

    public Task<WorkspaceBuild?> PauseAsync(string user, Guid task, CancellationToken cancellationToken = default) =>
        ChangeAsync(user, task, "pause", cancellationToken);

    public Task<WorkspaceBuild?> ResumeAsync(string user, Guid task, CancellationToken cancellationToken = default) =>
        ChangeAsync(user, task, "resume", cancellationToken);

    private async Task<WorkspaceBuild?> ChangeAsync(string user, Guid task, string verb, CancellationToken cancellationToken)
    {
        TaskBuild answer = await routes
            .SendAsync(root => http.SendAsync(HttpMethod.Post, $"{One(root, user, task)}/{verb}", Json.TaskBuild, cancellationToken))
            .ConfigureAwait(false);
        return answer.WorkspaceBuild;
    }

    private static string One(string root, string user, Guid task) => $"{root}/{User(user)}/{Route.Id(task)}";

    private static string User(string user)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        return PathSegment.Escape(user, nameof(user));
    }
}
