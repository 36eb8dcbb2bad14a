namespace MetricsSim.Cli;

/// <summary>Results could not be written: the disk is full, the device is gone.</summary>
/// <param name="cause">What the stream said.</param>
internal sealed class OutputException(IOException cause) : Exception(cause.Message, cause)
{
    /// <summary>Writes files.</summary>
    /// <param name="write">Does it.</param>
    /// <exception cref="OutputException">It failed, or was not allowed.</exception>
    public static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException exception)
        {
            throw new OutputException(exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || IsTooLarge(exception))
        {
            throw new OutputException(new IOException(exception.Message, exception));
        }
    }

    /// <summary>A file larger than the file system or a limit allows: .NET makes an argument's fault of it.</summary>
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" };
}
