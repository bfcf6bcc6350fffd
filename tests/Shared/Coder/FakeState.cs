namespace Shared.Coder;

/// <summary>What the deployment holds, and the rules by which it changes.</summary>
public sealed class FakeState
{
    private readonly Lock _gate = new();
    private readonly List<FakeWorkspace> _workspaces = [];

    public FakeState(FakeCoderOptions options)
    {
        Options = options;
        Template = AddTemplate("coder-devcontainer", "Setup", "Coder", "Operator", "Researcher");
    }

    public FakeCoderOptions Options { get; set; }

    public Uri Address { get; set; } = new("http://localhost");

    /// <summary>The version as headers and build info name it.</summary>
    public string BuildVersion => Options.BuildVersion ?? $"v{Options.Version}+230b55b";

    public Guid OrganizationId { get; } = FakeIds.Next();

    public Guid UserId { get; } = FakeIds.Next();

    public IList<FakeTemplate> Templates { get; } = [];

    /// <summary>The template that is there from the start, "Setup" with three roles.</summary>
    public FakeTemplate Template { get; }

    /// <summary>Why builds fail that are queued from now on; null when they succeed.</summary>
    public string? NextBuildError { get; set; }

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    public IReadOnlyList<FakeWorkspace> Workspaces
    {
        get
        {
            lock (_gate)
            {
                foreach (FakeWorkspace workspace in _workspaces)
                {
                    workspace.Advance(Now, Options);
                }

                return [.. _workspaces];
            }
        }
    }

    public FakeTemplate AddTemplate(string name, string displayName, params string[] presets) =>
        AddTemplate(new FakeTemplate { Name = name, DisplayName = displayName, Description = $"Template {name}" }, presets);

    public FakeTemplate AddTemplate(FakeTemplate template, params string[] presets)
    {
        template.Publish(presets);
        Templates.Add(template);
        return template;
    }

    /// <summary>Adds a workspace that has long been running and waits for a task.</summary>
    public FakeWorkspace AddIdle(string name, string? owner = null, FakeTemplate? template = null)
    {
        FakeWorkspace workspace = Add(name, owner, template, prompt: null);
        FakeBuild first = workspace.Latest;
        workspace.Builds[0] = new FakeBuild
        {
            Number = 1,
            Transition = "start",
            Version = first.Version,
            Preset = first.Preset,
            CreatedAt = Now.AddHours(-1),
            StartsAt = Now.AddHours(-1),
            EndsAt = Now.AddMinutes(-59),
        };
        workspace.Advance(Now, Options);
        return workspace;
    }

    public FakeWorkspace AddBusy(string name, string task = "Fix the build")
    {
        FakeWorkspace workspace = AddIdle(name);
        workspace.BeginTask(task, Now, TimeSpan.FromDays(1));
        return workspace;
    }

    /// <summary>Adds a workspace whose first start build is queued now.</summary>
    public FakeWorkspace Add(string name, string? owner, FakeTemplate? template, string? prompt, FakePreset? preset = null, bool asTask = true)
    {
        template ??= Template;
        FakeWorkspace workspace = new()
        {
            Name = name,
            Owner = owner ?? Options.UserName,
            Template = template,
            CreatedAt = Now,
            Prompt = prompt,
            TaskId = asTask && Tasks.HasRecords(Options.Version) ? FakeIds.Next() : null,
        };
        lock (_gate)
        {
            workspace.Builds.Add(
                NewBuild(workspace, "start", template.Active, preset ?? (template.Active.Presets.Count > 0 ? template.Active.Presets[0] : null)));
            _workspaces.Add(workspace);
        }

        return workspace;
    }

    public FakeWorkspace? Find(string owner, string name)
    {
        string resolved = Resolve(owner);
        lock (_gate)
        {
            FakeWorkspace? found = _workspaces.Find(workspace =>
                workspace.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && workspace.Owner == resolved && workspace.Latest.Status(Now) != "deleted");
            found?.Advance(Now, Options);
            return found;
        }
    }

    public FakeWorkspace Get(Guid id) => Workspaces.FirstOrDefault(workspace => workspace.Id == id) ?? throw FakeRefusalException.NotFound();

    public (FakeWorkspace Workspace, FakeBuild Build) GetBuild(Guid id)
    {
        foreach (FakeWorkspace workspace in Workspaces)
        {
            if (workspace.Builds.FirstOrDefault(build => build.Id == id) is { } build)
            {
                return (workspace, build);
            }
        }

        throw FakeRefusalException.NotFound();
    }

    public string Resolve(string owner) => owner == "me" ? Options.UserName : owner;

    public FakeBuild QueueBuild(FakeWorkspace workspace, string transition, FakeVersion? version = null, FakePreset? preset = null)
    {
        lock (_gate)
        {
            if (workspace.Latest.Status(Now) == "deleted")
            {
                throw new FakeRefusalException(409, $"Cannot {transition} a deleted workspace!");
            }

            if (workspace.Latest.IsActive(Now))
            {
                throw new FakeRefusalException(409, "A workspace build is already active.");
            }

            FakeBuild build = NewBuild(workspace, transition, version ?? workspace.Latest.Version, preset ?? workspace.Latest.Preset);
            workspace.Builds.Add(build);
            workspace.Advance(Now, Options);
            return build;
        }
    }

    private FakeBuild NewBuild(FakeWorkspace workspace, string transition, FakeVersion version, FakePreset? preset) => new()
    {
        Number = workspace.Builds.Count + 1,
        Transition = transition,
        Version = version,
        Preset = preset,
        CreatedAt = Now,
        StartsAt = Now + Options.PendingTime,
        EndsAt = Now + Options.PendingTime + Options.BuildTime,
        Error = NextBuildError,
    };
}
