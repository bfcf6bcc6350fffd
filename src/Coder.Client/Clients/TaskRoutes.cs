namespace Coder.Client.Clients;

/// <summary>Finds out once under which path the server keeps tasks; looks again when the path stops being known, as after an upgrade.</summary>
internal sealed class TaskRoutes
{
    private const string Stable = "api/v2/tasks";
    private const string Experimental = "api/experimental/tasks";

    private volatile string _root = Stable;

    public async Task<T> SendAsync<T>(Func<string, Task<T>> call)
    {
        string first = _root;
        try
        {
            return await call(first).ConfigureAwait(false);
        }
        catch (CoderNotFoundException e) when (e.IsUnknownRoute)
        {
            string second = first == Stable ? Experimental : Stable;
            T answer = await call(second).ConfigureAwait(false);
            _root = second;
            return answer;
        }
    }

    public Task SendAsync(Func<string, Task> call) => SendAsync(async root =>
    {
        await call(root).ConfigureAwait(false);
        return true;
    });
}
