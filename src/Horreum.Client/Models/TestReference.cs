namespace Horreum.Client.Models;

/// <summary>Names a test by id or by name.</summary>
/// <param name="Id">Its id; null when only the name is known.</param>
/// <param name="Name">Its name; null when the id is known.</param>
public readonly record struct TestReference(int? Id, string? Name)
{
    /// <summary>The test with an id.</summary>
    public static TestReference ById(int id) => new(id, null);

    /// <summary>The test with a name.</summary>
    public static TestReference ByName(string name) => new(null, name);

    /// <summary>For messages.</summary>
    public override string ToString() => Id is { } id ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"'{Name}'";
}
