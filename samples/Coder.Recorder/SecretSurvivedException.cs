namespace Coder.Recorder;

/// <summary>A fixture still holds something that looks like a secret, so nothing was written. The message says where, not what.</summary>
public sealed class SecretSurvivedException(string message) : Exception(message);
