using System.Globalization;
using System.Net;
using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

internal sealed class TaskService(
    TaskRepository tasks, AgentFinder finder, OperationAudit audit, IOptions<FleetOptions> options, TimeProvider clock) : ITaskService
{
    /// <summary>How long an agent may take to react before it is interrupted once more.</summary>
    private static readonly TimeSpan SecondInterruptAfter = TimeSpan.FromSeconds(2);

    private readonly FleetOptions _options = options.Value;

    public Task<Agent> StartAsync(string agentName, string text, CancellationToken cancellationToken = default)
    {
        NameRules.Check(agentName, "agent_name");
        string clean = TaskTextRules.Check(text, "task_description");

        return audit.RunAsync("start_agent_task", agentName, async () =>
        {
            Agent agent = await finder.GetAsync(agentName, null, cancellationToken).ConfigureAwait(false);
            CheckIdle(agent);
            await SendAsync(agent, clean, cancellationToken).ConfigureAwait(false);
            return agent;
        });
    }

    public Task<CancelOutcome> CancelAsync(string agentName, CancellationToken cancellationToken = default)
    {
        NameRules.Check(agentName, "agent_name");
        return audit.RunAsync("cancel_agent_task", agentName, async () =>
        {
            using CancellationTokenSource deadline = new(_options.CancelTimeout, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            int sent = 0;
            string name = agentName;
            try
            {
                Agent agent = await finder.GetAsync(agentName, null, either.Token).ConfigureAwait(false);
                name = agent.Name;
                AgentApp app = CheckBusy(agent);
                bool stopped = await InterruptUntilIdleAsync(agent, app, () => sent++, either.Token).ConfigureAwait(false);
                return new CancelOutcome(name, sent, stopped ? AgentStatus.Idle : AgentStatus.Busy);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && sent > 0)
            {
                return new CancelOutcome(name, sent, AgentStatus.Busy);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new FleetException(
                    FleetErrorCode.Unavailable,
                    $"Agent '{name}' could not be interrupted within {_options.CancelTimeout.TotalSeconds:0.#} s: Coder did not answer. Try again.",
                    e);
            }
        });
    }

    public async Task<Page<HistoryItem>> GetHistoryAsync(
        string agentName, PageRequest page, string? owner = null, CancellationToken cancellationToken = default)
    {
        Paging.Check(page);
        AgentHistory history = await finder.GetHistoryAsync(agentName, owner, cancellationToken).ConfigureAwait(false);
        return Paging.Slice(history.Agent.Name, history.Items, page);
    }

    public async Task<Page<LogEntry>> GetLogAsync(string agentName, LogRequest request, string? owner = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Paging.Check(request.Page);
        int limit = request.MaxCharacters ?? _options.LogEntryCharacters;
        if (limit is < LogText.FewestCharacters or > LogText.MostCharacters)
        {
            throw Faults.Invalid(
                "max_characters",
                limit.ToString(CultureInfo.InvariantCulture),
                $"Entries of at most {limit} characters are not possible: {LogText.FewestCharacters} to {LogText.MostCharacters}.");
        }

        Agent agent = await finder.GetAsync(agentName, owner, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LogEntry> log = await ReadLogAsync(agent, cancellationToken).ConfigureAwait(false);
        LogEntry[] newestFirst =
        [
            .. log.Where(
                entry => request.AfterId is null || entry.Id > request.AfterId).OrderByDescending(entry => entry.Time).ThenByDescending(entry => entry.Id),
        ];
        Page<LogEntry> page = Paging.Slice(agent.Name, newestFirst, request.Page);
        return page with { Items = [.. page.Items.Select(entry => LogText.Prepare(entry, limit))] };
    }

    private static void CheckIdle(Agent agent)
    {
        if (agent.Status == AgentStatus.Busy)
        {
            throw Faults.Busy(agent, "a task cannot be given to a non-idle agent. Wait until it is idle, or cancel its task with cancel_agent_task.");
        }

        if (agent.Status != AgentStatus.Idle)
        {
            throw Faults.Offline(
                agent,
                "it is offline, and a task can be given to an idle agent only. wait_for_agent waits for it, start_agent starts a stopped one."
                + (agent.StatusReason is null ? "" : $" Why it is so: {agent.StatusReason}."));
        }
    }

    private static AgentApp CheckBusy(Agent agent)
    {
        if (agent.Status != AgentStatus.Busy)
        {
            throw Faults.NotBusy(agent, "there is no task to cancel for a non-busy agent.");
        }

        return agent.CodingApp
            ?? throw new FleetException(FleetErrorCode.Unavailable, $"Agent '{agent.Name}' has no coding application, so it cannot be interrupted.");
    }

    private async Task SendAsync(Agent agent, string text, CancellationToken cancellationToken)
    {
        try
        {
            if (!await tasks.TrySendAsync(agent, text, cancellationToken).ConfigureAwait(false))
            {
                throw new FleetException(
                    FleetErrorCode.Unavailable,
                    $"Agent '{agent.Name}' cannot be given a task: it has no task in Coder and no coding application that is known.");
            }
        }
        catch (CoderApiException e) when (e is CoderConflictException or CoderValidationException)
        {
            // One status for an agent that works and for a task that is paused or not begun; up to Coder 2.31 the latter is a malformed request.
            string? state = await tasks.FindTaskStateAsync(agent, cancellationToken).ConfigureAwait(false);
            if (state is not null and not "active")
            {
                throw Faults.Offline(agent, $"its task in Coder is {VisibleText.Shorten(state, 40)}, so it takes no input. {WhatNext(state)}");
            }

            if (e is CoderConflictException)
            {
                throw BecameBusy(agent);
            }

            throw;
        }
        catch (HttpRequestException e) when (IsNotReady(e))
        {
            // Older servers say 502 both for an agent that works and for one that cannot be reached: ask the agent itself.
            throw await IsWorkingAsync(agent, cancellationToken).ConfigureAwait(false)
                ? BecameBusy(agent)
                : Faults.Unreachable(agent, "it did not take the task", e);
        }
    }

    private static string WhatNext(string state) => state switch
    {
        "paused" => "start_agent resumes it.",
        "pending" or "initializing" => "wait_for_agent waits for it.",
        _ => "show_agent says more.",
    };

    private static bool IsNotReady(HttpRequestException e) =>
        e is WorkspaceAppException or CoderUnavailableException { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable };

    private static FleetException BecameBusy(Agent agent) =>
        Faults.Busy(agent with { Status = AgentStatus.Busy }, "it began to work in the meantime, and a task cannot be given to a non-idle agent.");

    private async Task<bool> IsWorkingAsync(Agent agent, CancellationToken cancellationToken)
    {
        try
        {
            return agent.CodingApp is not null && await tasks.IsWorkingAsync(agent.CodingApp, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> InterruptUntilIdleAsync(Agent agent, AgentApp app, Action sent, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = clock.GetUtcNow();
        await InterruptAsync(agent, app, cancellationToken).ConfigureAwait(false);
        sent();
        bool again = false;
        PollSchedule schedule = new(_options, clock);
        while (await IsStillWorkingAsync(app, cancellationToken).ConfigureAwait(false))
        {
            if (!again && clock.GetUtcNow() - begun >= SecondInterruptAfter)
            {
                again = true;
                await InterruptAsync(agent, app, cancellationToken).ConfigureAwait(false);
                sent();
            }

            DateTimeOffset next = begun + (again ? _options.CancelTimeout : SecondInterruptAfter);
            await schedule.PauseAsync(next, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task InterruptAsync(Agent agent, AgentApp app, CancellationToken cancellationToken)
    {
        try
        {
            await tasks.InterruptAsync(app, _options.Interrupt, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkspaceAppException e)
        {
            throw Faults.Unreachable(agent, "it could not be interrupted", e);
        }
    }

    // A look that fails says nothing about the agent; the deadline ends the looking.
    private async Task<bool> IsStillWorkingAsync(AgentApp app, CancellationToken cancellationToken)
    {
        try
        {
            return await tasks.IsWorkingAsync(app, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkspaceAppException)
        {
            return true;
        }
    }

    private async Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CancellationToken cancellationToken)
    {
        try
        {
            return await tasks.ReadLogAsync(agent, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (IsNotReady(e))
        {
            // An agent that is not online has nobody who could answer, which is no fault.
            return agent.IsOnline ? throw Faults.Unreachable(agent, "its log cannot be read", e) : [];
        }
    }
}
