using System.Text;

namespace Hosting.Logging;

/// <summary>An exception as a log may show it: the messages, which others may have written, on one line each; the stack as it is.</summary>
internal sealed class VisibleException(Exception exception) : Exception(VisibleText.Escape(exception.Message))
{
    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, exception);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Exception exception)
    {
        text.Append(exception.GetType().FullName).Append(": ").Append(VisibleText.Escape(exception.Message));
        IEnumerable<Exception> inner = exception is AggregateException many ? many.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        foreach (Exception cause in inner)
        {
            text.AppendLine().Append(" ---> ");
            Append(text, cause);
        }

        if (exception.StackTrace is { } stack)
        {
            text.AppendLine().Append(stack);
        }
    }
}
