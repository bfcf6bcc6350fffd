namespace Shared.Coder;

/// <summary>A build of the fake, whose state follows from the clock.</summary>
public sealed class FakeBuild
{
    public Guid Id { get; } = FakeIds.Next();

    public required int Number { get; init; }

    public required string Transition { get; init; }

    public required FakeVersion Version { get; init; }

    public FakePreset? Preset { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Why the build will fail; null when it will succeed.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? CanceledAt { get; set; }

    public bool IsActive(DateTimeOffset now) => Status(now) is "pending" or "starting" or "stopping" or "deleting" or "canceling";

    /// <summary>The workspace status while this is the newest build.</summary>
    public string Status(DateTimeOffset now) => (CanceledAt, now < StartsAt, now < EndsAt, Error, Transition) switch
    {
        (not null, _, _, _, _) => "canceled",
        (_, true, _, _, _) => "pending",
        (_, _, true, _, "start") => "starting",
        (_, _, true, _, "stop") => "stopping",
        (_, _, true, _, _) => "deleting",
        (_, _, _, not null, _) => "failed",
        (_, _, _, _, "start") => "running",
        (_, _, _, _, "stop") => "stopped",
        _ => "deleted",
    };

    public string JobStatus(DateTimeOffset now) => Status(now) switch
    {
        "pending" => "pending",
        "starting" or "stopping" or "deleting" => "running",
        "canceled" => "canceled",
        "failed" => "failed",
        _ => "succeeded",
    };
}
