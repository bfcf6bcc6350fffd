namespace Shared.Coder;

/// <summary>What tasks are like in a version of Coder.</summary>
public static class Tasks
{
    public static Version Parse(string version) => Version.Parse(version);

    /// <summary>Whether a task is a thing of its own.</summary>
    public static bool HasRecords(string version) => Parse(version) >= new Version(2, 28);

    public static bool Exist(string version) => Parse(version) >= new Version(2, 26) && Parse(version) < new Version(2, 37);

    public static bool HaveStableRoutes(string version) => Exist(version) && Parse(version) >= new Version(2, 29);

    public static bool CanSend(string version) => Exist(version) && Parse(version) >= new Version(2, 27);

    /// <summary>From here on a busy agent is 409 and a stopped one has a snapshot of its log.</summary>
    public static bool HaveSnapshots(string version) => Parse(version) >= new Version(2, 32);
}
