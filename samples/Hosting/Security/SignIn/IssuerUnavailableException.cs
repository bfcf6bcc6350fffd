namespace Hosting.Security.SignIn;

/// <summary>The issuer's keys are not known, so that no token can be judged: neither good nor bad.</summary>
internal sealed class IssuerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
