using Coder.Client.Clients.Wire;
using Microsoft.Extensions.Options;

namespace Coder.Client.Repositories;

/// <summary>Reads a whole listing of workspaces, page by page.</summary>
internal sealed class WorkspacePages(ICoderClient coder, IOptions<FleetOptions> options)
{
    /// <summary>More than any deployment has; a count above it is a fault, and would be as many calls.</summary>
    private const int MostWorkspaces = 100_000;

    private readonly FleetOptions _options = options.Value;

    /// <summary>Every workspace of the search, each once. The pages after the first are read in parallel.</summary>
    /// <exception cref="CoderApiException">Coder names more workspaces than can be listed.</exception>
    public async Task<IReadOnlyList<Workspace>> ReadAsync(string? query, CancellationToken cancellationToken)
    {
        int size = _options.PageSize;
        WorkspacePage first = await coder.Workspaces.GetPageAsync(query, size, 0, cancellationToken).ConfigureAwait(false);
        int total = first.Count;
        if (total > MostWorkspaces)
        {
            throw new CoderApiException($"Coder names {total} workspaces, and {MostWorkspaces} is the most that is listed: narrow the search with WorkspaceQuery.");
        }

        List<Workspace> all = [.. first.Workspaces];
        if (all.Count >= total)
        {
            return all;
        }

        (int next, int step) = (size, size);
        int received = all.Count;
        if (received > 0 && received < Math.Min(size, total))
        {
            // Within the first page's window and no further: beyond it there is something new in either case.
            int limit = Math.Min(received, size - received);
            IReadOnlyList<Workspace> rest = await ReadRestAsync(query, all, limit, cancellationToken).ConfigureAwait(false);
            (next, step) = rest.Count > 0 ? (received + limit, received) : (size, size);
            all.AddRange(rest);
        }

        all.AddRange(await ReadOthersAsync(query, next, step, total, cancellationToken).ConfigureAwait(false));

        // A workspace that was created or deleted between two pages shifts the others, so one can come twice.
        return [.. all.DistinctBy(workspace => workspace.Id)];
    }

    // A short first page has one of two reasons. Coder pages first and then drops the rows that the token may not see: then the count is what the
    // offsets follow, and nothing new comes where the page broke off. Or something in front allows no larger pages: then the next row stands there.
    private async Task<IReadOnlyList<Workspace>> ReadRestAsync(string? query, List<Workspace> known, int limit, CancellationToken cancellationToken)
    {
        WorkspacePage rest = await coder.Workspaces.GetPageAsync(query, limit, known.Count, cancellationToken).ConfigureAwait(false);
        return [.. rest.Workspaces.ExceptBy(known.Select(workspace => workspace.Id), workspace => workspace.Id)];
    }

    private async Task<IEnumerable<Workspace>> ReadOthersAsync(string? query, int start, int step, int total, CancellationToken cancellationToken)
    {
        int[] offsets = [.. Enumerable.Range(0, Math.Max(0, (total - start + step - 1) / step)).Select(page => start + (page * step))];
        IReadOnlyList<Workspace>[] pages = new IReadOnlyList<Workspace>[offsets.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, offsets.Length), parallel, async (index, token) =>
        {
            pages[index] = (await coder.Workspaces.GetPageAsync(query, step, offsets[index], token).ConfigureAwait(false)).Workspaces;
        }).ConfigureAwait(false);
        return pages.SelectMany(page => page);
    }
}
