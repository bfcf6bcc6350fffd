using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Microsoft.Extensions.Options;

namespace Coder.Client.Clients;

internal sealed class CoderClient : ICoderClient
{
    private readonly CoderHttp _http;
    private readonly ServerVersionTracker _version;

    public CoderClient(HttpClient http, IOptions<CoderClientOptions> options, ServerVersionTracker version, TaskRoutes routes, TimeProvider clock)
    {
        _version = version;
        _http = new CoderHttp(http, options.Value, version, clock);
        Workspaces = new WorkspaceClient(_http);
        Builds = new BuildClient(_http);
        Templates = new TemplateClient(_http);
        Organizations = new OrganizationClient(_http);
        Users = new UserClient(_http);
        Agents = new WorkspaceAgentClient(_http);
        Applications = new ApplicationClient(_http);
        Tasks = new TaskClient(_http, routes);
    }

    public IWorkspaceClient Workspaces { get; }

    public IBuildClient Builds { get; }

    public ITemplateClient Templates { get; }

    public IOrganizationClient Organizations { get; }

    public IUserClient Users { get; }

    public IWorkspaceAgentClient Agents { get; }

    public IApplicationClient Applications { get; }

    public ITaskClient Tasks { get; }

    public Task<BuildInfo> GetBuildInfoAsync(CancellationToken cancellationToken = default) =>
        _http.GetAsync(Route.Of("buildinfo"), CoderJsonContext.Default.BuildInfo, cancellationToken);

    public async Task<CoderVersion> GetVersionAsync(CancellationToken cancellationToken = default)
    {
        if (_version.TryGet(out CoderVersion seen))
        {
            return seen;
        }

        BuildInfo info = await GetBuildInfoAsync(cancellationToken).ConfigureAwait(false);
        return CoderVersion.TryParse(info.Version, out CoderVersion told)
            ? told
            : throw new CoderApiException($"GET /api/v2/buildinfo names a version that cannot be read: '{BoundedBody.Sentence(info.Version, null)}'.");
    }
}
