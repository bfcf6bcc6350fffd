namespace Shared.Coder;

/// <summary>A workspace of the fake with the coding agent inside it. Time moves it on whenever somebody looks.</summary>
public sealed class FakeWorkspace
{
    public Guid Id { get; } = FakeIds.Next();

    public Guid AgentId { get; set; } = FakeIds.Next();

    public Guid CodingAppId { get; set; } = FakeIds.Next();

    public required string Name { get; set; }

    public required string Owner { get; init; }

    public required FakeTemplate Template { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Id of its task record; null when it was not created as a task.</summary>
    public Guid? TaskId { get; set; }

    public string? Prompt { get; init; }

    public IList<FakeBuild> Builds { get; } = [];

    public FakeBuild Latest => Builds[^1];

    /// <summary>Reports of the coding application, in the order they were added: Coder does not sort them either.</summary>
    public IList<FakeAppStatus> Statuses { get; } = [];

    /// <summary>Newest report of the workspace, which survives a stop.</summary>
    public FakeAppStatus? LatestStatus { get; set; }

    public IList<FakeMessage> Messages { get; } = [];

    /// <summary>Keystrokes that reached the terminal.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>How many interrupts the agent needs before it stops; more than it gets is an agent that does not listen.</summary>
    public int InterruptsNeeded { get; set; } = 1;

    public DateTimeOffset? WorksUntil { get; set; }

    public bool Booted { get; set; }

    /// <summary>Body of <c>/metadata</c>; null when the application does not exist.</summary>
    public string? Metadata { get; set; }

    /// <summary>Slug of the metadata application.</summary>
    public string MetadataSlug { get; set; } = "fleet-metadata";

    /// <summary>A workspace that takes calls and never answers.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Since when it is dormant; such a workspace is in listings only that ask for dormant ones.</summary>
    public DateTimeOffset? DormantAt { get; set; }

    public DateTimeOffset? DeletingAt { get; set; }

    /// <summary>Whether the token's user may not wake it.</summary>
    public bool RefusesToWake { get; set; }

    /// <summary>Whether it counts and takes a place on a page, but is dropped from the page as Coder drops what the token may not see.</summary>
    public bool IsHidden { get; set; }

    /// <summary>State of its task record that replaces the one that follows from the workspace.</summary>
    public string? TaskState { get; set; }

    /// <summary>Whether AgentAPI answers 200 with <c>ok: false</c> to what it is sent.</summary>
    public bool AnswersNotOk { get; set; }

    /// <summary>Status with which the metadata application answers.</summary>
    public int MetadataStatus { get; set; } = 200;

    /// <summary>Lifecycle state of the workspace agent once it is ready.</summary>
    public string ReadyState { get; set; } = "ready";

    /// <summary>Connection state of the workspace agent once it is ready.</summary>
    public string ConnectedState { get; set; } = "connected";

    /// <summary>Health of the coding application once it is ready.</summary>
    public string AppHealth { get; set; } = "healthy";

    /// <summary>Further JSON members that replace what the fake would write, by member of the workspace; raw JSON.</summary>
    public IDictionary<string, string> Overrides { get; } = new Dictionary<string, string>();

    public bool IsWorking => WorksUntil is not null;

    public void BeginTask(string text, DateTimeOffset now, TimeSpan duration)
    {
        Say("user", text, now);
        Report("working", "Working on: " + text, now);
        WorksUntil = now + duration;
    }

    public void EndTask(string message, DateTimeOffset at)
    {
        WorksUntil = null;
        Say("agent", message, at);
        Report("idle", message, at);
    }

    public void Say(string role, string content, DateTimeOffset at) => Messages.Add(new FakeMessage(Messages.Count, role, content, at));

    public void Report(string state, string message, DateTimeOffset at)
    {
        LatestStatus = new FakeAppStatus(at, state, message);
        Statuses.Add(LatestStatus);
    }

    /// <summary>Lets happen what the clock says has happened by now.</summary>
    public void Advance(DateTimeOffset now, FakeCoderOptions options)
    {
        FakeBuild build = Latest;
        if (build.Status(now) != "running")
        {
            if (Booted)
            {
                // The processes are gone, and the next start makes new ones.
                Booted = false;
                WorksUntil = null;
                AgentId = FakeIds.Next();
                CodingAppId = FakeIds.Next();
                Statuses.Clear();
                Messages.Clear();
            }

            return;
        }

        DateTimeOffset ready = build.EndsAt + options.ReadyTime;
        if (!Booted && now >= ready)
        {
            Booted = true;
            Say("agent", "╭─ Welcome ─╮", ready);
            if (Prompt is not null && build.Number == 1)
            {
                BeginTask(Prompt, ready, options.TaskTime);
            }
        }

        if (WorksUntil is { } end && now >= end)
        {
            EndTask("Done.", end);
        }
    }
}
