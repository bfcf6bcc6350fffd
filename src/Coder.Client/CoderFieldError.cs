namespace Coder.Client;

/// <summary>One field that Coder refused.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Detail">Why.</param>
public sealed record CoderFieldError(string Field, string Detail);
