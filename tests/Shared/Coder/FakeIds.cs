namespace Shared.Coder;

/// <summary>Ids that look like UUIDs and are unique in the process.</summary>
public static class FakeIds
{
    private static int _last;

    public static Guid Next() => new($"{Interlocked.Increment(ref _last):x8}-0000-4000-8000-00000000c0de");
}
