namespace Hosting.Http;

/// <summary>Another program listens there.</summary>
internal sealed class AddressTakenException(string url, Exception inner)
    : IOException($"{ShownAddress.Of(url)} is in use: stop the program that uses it, or choose another port with --urls http://127.0.0.1:PORT (0 for any free one).", inner);
