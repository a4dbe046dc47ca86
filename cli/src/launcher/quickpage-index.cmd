@echo off
rem Runs the command line of an unpacked release on Windows. Needs Java, 17 or newer. Untried.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "%~dp0cli\quickpage-index-cli.jar" %*
exit /b %ERRORLEVEL%
