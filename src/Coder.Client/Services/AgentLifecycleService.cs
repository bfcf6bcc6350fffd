using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

internal sealed class AgentLifecycleService(
    AgentRepository agents, AgentFinder finder, BuildWaiter builds, OperationAudit audit, IOptions<FleetOptions> options, TimeProvider clock)
    : IAgentLifecycleService
{
    private const string Start = "start";
    private const string Stop = "stop";
    private const string Delete = "delete";

    public Task<LifecycleOutcome> DeleteAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("delete_agent", name, async (agent, actions) =>
        {
            if (agent.Build is { Transition: Delete, IsActive: true })
            {
                actions.Add("a delete build is already under way");
                return agent;
            }

            await builds.QueueAsync(agent, Delete, null, cancelOthers: true, actions, progress, cancellationToken).ConfigureAwait(false);
            return agent;
        }, cancellationToken);

    public Task<LifecycleOutcome> RestartAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("restart_agent", name, async (agent, actions) =>
        {
            await WakeAsync(agent, actions, cancellationToken).ConfigureAwait(false);
            AgentBuild stopped = await StopAndWaitAsync(agent, actions, progress, cancellationToken).ConfigureAwait(false);
            await builds.QueueAsync(
                agent with { Build = stopped }, Start, null, cancelOthers: false, actions, progress, cancellationToken).ConfigureAwait(false);
            return await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    public Task<LifecycleOutcome> StopAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("stop_agent", name, async (agent, actions) =>
        {
            if (agent.Build.Transition == Stop && (agent.Build.IsActive || agent.Status == AgentStatus.Stopped))
            {
                actions.Add(agent.Build.IsActive ? "a stop build is already under way" : "it was stopped already");
                return agent;
            }

            await builds.QueueAsync(agent, Stop, null, cancelOthers: false, actions, progress, cancellationToken).ConfigureAwait(false);
            return await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    public Task<LifecycleOutcome> StartAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("start_agent", name, async (agent, actions) =>
        {
            await WakeAsync(agent, actions, cancellationToken).ConfigureAwait(false);
            if (agent.Build.Transition == Start && (agent.Build.IsActive || agent.Build.Status == "running"))
            {
                actions.Add(agent.Build.IsActive ? "a start build is already under way" : "it was started already");
                return agent;
            }

            await builds.QueueAsync(agent, Start, null, cancelOthers: false, actions, progress, cancellationToken).ConfigureAwait(false);
            return await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    public Task<LifecycleOutcome> UpdateAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("update_agent", name, async (agent, actions) =>
        {
            if (agent.ActiveVersionId is not { } active || active == agent.TemplateVersionId)
            {
                actions.Add("it uses the active template version already");
                return agent;
            }

            await WakeAsync(agent, actions, cancellationToken).ConfigureAwait(false);
            AgentBuild stopped = await StopAndWaitAsync(agent, actions, progress, cancellationToken).ConfigureAwait(false);
            await builds.QueueAsync(
                agent with { Build = stopped }, Start, active, cancelOthers: false, actions, progress, cancellationToken).ConfigureAwait(false);
            return await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    public async Task<WaitOutcome> WaitAsync(
        string name, AgentStatus status, TimeSpan timeout, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        NameRules.Check(name, "agent_name");
        string owner = finder.Owner(null);
        DateTimeOffset begun = clock.GetUtcNow();
        PollSchedule schedule = new(options.Value, clock);
        bool seen = false;
        while (true)
        {
            Agent? agent = await agents.FindAsync(owner, name, cancellationToken).ConfigureAwait(false);
            TimeSpan elapsed = clock.GetUtcNow() - begun;
            if (agent is null && !seen && status != AgentStatus.Deleted)
            {
                // Says which names there are, as for every other operation.
                agent = await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
            }

            seen = true;
            AgentStatus now = agent?.Status ?? AgentStatus.Deleted;
            if (now == status)
            {
                return new WaitOutcome(agent?.Name ?? name, now, true, elapsed, null, agent);
            }

            if (WhyHopeless(agent, status) is { } reason)
            {
                return new WaitOutcome(agent?.Name ?? name, now, false, elapsed, reason, agent);
            }

            if (elapsed >= timeout)
            {
                return new WaitOutcome(agent!.Name, now, false, elapsed, $"still {now.ToWord()} after {timeout.TotalSeconds:0.#} s", agent);
            }

            progress?.Report(new AgentProgress(now, $"Agent '{agent!.Name}' is {now.ToWord()}; waiting for {status.ToWord()}.", elapsed, timeout));
            await schedule.PauseAsync(begun + timeout, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<LifecycleOutcome> RunAsync(string operation, string name, Func<Agent, List<string>, Task<Agent>> run, CancellationToken cancellationToken)
    {
        NameRules.Check(name, "agent_name");
        return audit.RunAsync(operation, name, async () =>
        {
            Agent agent = await finder.GetAsync(name, null, cancellationToken).ConfigureAwait(false);
            List<string> actions = [];
            Agent after = await run(agent, actions).ConfigureAwait(false);
            return new LifecycleOutcome(after, actions);
        });
    }

    // A dormant workspace stays on its way to deletion until it is woken, whatever is built in it.
    private async Task WakeAsync(Agent agent, List<string> actions, CancellationToken cancellationToken)
    {
        if (agent.DormantAt is null)
        {
            return;
        }

        try
        {
            await agents.WakeAsync(agent, cancellationToken).ConfigureAwait(false);
            actions.Add("woke it from dormancy");
        }
        catch (CoderApiException e) when (!e.IsTransient)
        {
            throw Faults.Dormant(agent, e);
        }
    }

    private async Task<AgentBuild> StopAndWaitAsync(Agent agent, List<string> actions, IProgress<AgentProgress>? progress, CancellationToken cancellationToken)
    {
        if (agent.Build is { Transition: Delete, IsActive: true })
        {
            throw Faults.Busy(agent, "it is being deleted, so it cannot be started again.");
        }

        AgentBuild stop;
        if (agent.Build.Transition == Stop && agent.Build.IsActive)
        {
            stop = agent.Build;
            actions.Add("a stop build was already under way");
        }
        else if (agent.Status == AgentStatus.Stopped)
        {
            actions.Add("it was stopped already");
            return agent.Build;
        }
        else
        {
            stop = await builds.QueueAsync(agent, Stop, null, cancelOthers: false, actions, progress, cancellationToken).ConfigureAwait(false);
        }

        AgentBuild ended = await builds.WaitAsync(agent, stop, progress, cancellationToken).ConfigureAwait(false);
        return ended.Status == "stopped" ? ended : throw Faults.BuildFailed(agent, ended);
    }

    private static string? WhyHopeless(Agent? agent, AgentStatus wanted) => agent switch
    {
        null => "the agent is deleted",
        { Build.IsActive: true } => null,
        { Status: AgentStatus.Failed } => (agent.Build.Error ?? agent.StatusReason) is { } reason ? $"the agent failed: {reason}" : "the agent failed",
        { Status: AgentStatus.Stopped or AgentStatus.Canceled } when wanted is AgentStatus.Idle or AgentStatus.Busy =>
            $"the agent is {agent.Status.ToWord()} and no build runs that would start it{(agent.StatusReason is null ? "" : $": {agent.StatusReason}")}",
        _ => null,
    };
}
