namespace Fleet.Metadata.Clients;

/// <summary>The environment variables of this process, replaceable in tests.</summary>
internal interface IEnvironment
{
    /// <summary>The value; null when unset or blank.</summary>
    string? Get(string name);
}
