using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

/// <summary>Queues builds and waits for them, with other builds in the way, under one deadline.</summary>
internal sealed class BuildWaiter(AgentRepository agents, IOptions<FleetOptions> options, TimeProvider clock)
{
    private readonly FleetOptions _options = options.Value;

    /// <summary>Waits until a build has ended; a build that is gone with its workspace counts as deleted.</summary>
    public async Task<AgentBuild> WaitAsync(Agent agent, AgentBuild build, IProgress<AgentProgress>? progress, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = clock.GetUtcNow();
        DateTimeOffset deadline = begun + _options.BuildTimeout;
        PollSchedule schedule = new(_options, clock);
        AgentBuild current = build;
        while (current.IsActive)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now >= deadline)
            {
                throw Faults.TooLong(agent, _options.BuildTimeout, $"the {build.Transition} build");
            }

            AgentStatus status = AgentStatusNames.TryParse(current.Status, out AgentStatus known) ? known : agent.Status;
            progress?.Report(new AgentProgress(status, $"Waiting for the {build.Transition} build ({current.Status}).", now - begun, _options.BuildTimeout));
            await schedule.PauseAsync(deadline, cancellationToken).ConfigureAwait(false);
            current = await agents.FindBuildAsync(build.Id, cancellationToken).ConfigureAwait(false) ?? current with { Status = "deleted" };
        }

        return current;
    }

    /// <summary>Queues a build and, when another one is active, waits for that one first; cancels it where that is wanted and allowed.</summary>
    public async Task<AgentBuild> QueueAsync(
        Agent agent,
        string transition,
        Guid? version,
        bool cancelOthers,
        List<string> actions,
        IProgress<AgentProgress>? progress,
        CancellationToken cancellationToken)
    {
        DateTimeOffset deadline = clock.GetUtcNow() + _options.BuildTimeout;
        Agent current = agent;
        while (true)
        {
            if (current.Build.IsActive)
            {
                await ClearAsync(current, cancelOthers, actions, progress, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                AgentBuild queued = await agents.QueueBuildAsync(current, transition, version, cancellationToken).ConfigureAwait(false);
                actions.Add($"queued a {transition} build");
                return queued;
            }
            catch (CoderConflictException) when (clock.GetUtcNow() < deadline)
            {
                // Another build was queued after the agent was read, or is about to end: look again.
                current = await agents.FindAsync(agent.Owner, agent.Name, cancellationToken).ConfigureAwait(false)
                    ?? throw Faults.AgentNotFound(agent.Name, []);
                if (!current.Build.IsActive)
                {
                    await new PollSchedule(_options, clock).PauseAsync(deadline, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task ClearAsync(Agent agent, bool cancel, List<string> actions, IProgress<AgentProgress>? progress, CancellationToken cancellationToken)
    {
        AgentBuild build = agent.Build;
        bool cancelled = cancel && await agents.TryCancelBuildAsync(build.Id, cancellationToken).ConfigureAwait(false);
        AgentBuild ended = await WaitAsync(agent, build, progress, cancellationToken).ConfigureAwait(false);
        actions.Add(cancelled ? $"cancelled the {build.Transition} build in the way" : $"waited for the {build.Transition} build in the way ({ended.Status})");
    }
}
