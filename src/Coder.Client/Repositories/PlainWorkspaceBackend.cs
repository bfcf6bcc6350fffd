using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>No task record: the first prompt is a parameter of the workspace, and the rest goes to AgentAPI inside it.</summary>
internal sealed class PlainWorkspaceBackend(ICoderClient coder, IAgentApiClient agentApi, AppAddressResolver addresses) : ITaskBackend
{
    public bool CanCreate(Project project, CoderVersion version) => project.PromptParameter is not null;

    public Task<Workspace> CreateAsync(string owner, Project project, Role? role, NewAgent agent, CancellationToken cancellationToken = default)
    {
        CreateWorkspaceRequest request = new()
        {
            Name = agent.Name,
            TemplateId = project.Id,
            TemplateVersionPresetId = role?.Id,
            RichParameterValues = [new RichParameterValue { Name = project.PromptParameter, Value = agent.Task }],
        };
        return coder.Workspaces.CreateAsync(owner, request, cancellationToken);
    }

    public bool Serves(Agent agent, CoderVersion version) => agent.CodingApp is not null;

    public async Task SendAsync(Agent agent, string text, CoderVersion version, CancellationToken cancellationToken = default)
    {
        Uri app = await addresses.ResolveAsync(agent.CodingApp!, cancellationToken).ConfigureAwait(false);
        await agentApi.SendMessageAsync(app, text, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CoderVersion version, CancellationToken cancellationToken = default)
    {
        Uri app = await addresses.ResolveAsync(agent.CodingApp!, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<AgentApiMessage> messages = await agentApi.GetMessagesAsync(app, cancellationToken).ConfigureAwait(false);
        return
        [
            .. messages.Select(message => new LogEntry
            {
                Id = message.Id,
                Type = message.Role == "user" ? "input" : "output",
                Content = message.Content ?? "",
                Time = message.Time?.ToUniversalTime(),
            }),
        ];
    }
}
