namespace Shared.Horreum;

/// <summary>A test that the fake keeps.</summary>
public sealed record FakeTest(int Id, string Name, string? Folder);
